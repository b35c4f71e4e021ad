// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import java.net.URI;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a navigation led to, read as HTML. */
public record Page(Hop hop, Document document) {
    public static Page of(Hop hop) {
        return new Page(hop, Jsoup.parse(hop.body(), hop.uri().toString()));
    }

    public URI uri() {
        return hop.uri();
    }

    public int status() {
        return hop.status();
    }

    public String title() {
        return document.title();
    }

    /** What a user reads. */
    public String text() {
        return document.body().text();
    }

    /** What stands in a table beside this heading. */
    public String fact(String heading) {
        return document.select("th").stream()
                .filter(cell -> cell.text().equals(heading))
                .findFirst()
                .map(cell -> cell.nextElementSiblings().text())
                .orElseThrow(() -> missing("fact " + heading));
    }

    public boolean has(String cssQuery) {
        return document.selectFirst(cssQuery) != null;
    }

    /** The form that {@code cssQuery} finds. */
    public Form form(String cssQuery) {
        return findForm(cssQuery).orElseThrow(() -> missing("form " + cssQuery));
    }

    public Optional<Form> findForm(String cssQuery) {
        return document.select(cssQuery).forms().stream().findFirst().map(Form::of);
    }

    /** Where the link with this text leads. */
    public URI link(String text) {
        return document.select("a[href]").stream()
                .filter(link -> link.text().equals(text))
                .findFirst()
                .map(link -> URI.create(link.absUrl("href")))
                .orElseThrow(() -> missing("link " + text));
    }

    /** What the page's frames show. */
    public List<URI> frames() {
        return document.select("iframe[src]").stream()
                .map((Element frame) -> URI.create(frame.absUrl("src")))
                .toList();
    }

    private NoSuchElementException missing(String what) {
        return new NoSuchElementException("No " + what + " on " + hop + ": " + title() + "\n" + text());
    }
}
