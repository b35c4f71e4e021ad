// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.oidcfilter.it.process.Await;
import org.oidcfilter.it.process.Prerequisite;
import org.oidcfilter.it.process.ServerProcess;

/** An nginx that terminates TLS. It asks the server by a name that no browser knows, as proxies do. */
final class ReverseProxy implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

    private final ServerProcess process;
    private final Substitutions ports;

    /** Lets tests run where nginx is. */
    static final class Installed implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Prerequisite.require(
                    Files.isExecutable(PROGRAM), "The Debian package nginx is needed: no " + PROGRAM);
        }
    }

    private ReverseProxy(ServerProcess process, Substitutions ports) {
        this.process = process;
        this.ports = ports;
    }

    /** Starts one in front of a server, with the certificate that lies on the reader's desk. */
    static ReverseProxy before(Installation server) throws Exception {
        Path folder = Files.createDirectories(server.desk().resolve("nginx"));
        Substitutions ports = server.substitutions();
        Path configuration =
                Files.writeString(folder.resolve("nginx.conf"), """
                        daemon off;
                        master_process off;
                        pid nginx.pid;
                        error_log stderr;
                        events {}
                        http {
                          access_log off;
                          client_body_temp_path body;
                          proxy_temp_path proxy;
                          fastcgi_temp_path fastcgi;
                          scgi_temp_path scgi;
                          uwsgi_temp_path uwsgi;
                          server {
                            listen 127.0.0.1:%d ssl;
                            ssl_certificate ../shop.crt;
                            ssl_certificate_key ../shop.key;
                            location / {
                              proxy_pass http://127.0.0.1:%d;
                              proxy_set_header Host shop.internal:8080;
                              proxy_set_header X-Forwarded-For $remote_addr;
                              proxy_set_header X-Forwarded-Proto $scheme;
                              proxy_set_header X-Forwarded-Host $http_host;
                              proxy_set_header X-Forwarded-Port $server_port;
                            }
                          }
                        }
                        """.formatted(ports.proxy(), ports.http()));
        ServerProcess process = ServerProcess.start(
                new ProcessBuilder(
                        PROGRAM.toString(), "-p", folder.toString(), "-e", "stderr", "-c", configuration.toString()),
                server.desk().resolve("nginx.log"));
        URI address = ports.proxied("/");
        Await.until("nginx listens", () -> listens(address));
        return new ReverseProxy(process, ports);
    }

    private static boolean listens(URI address) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The root of an application, as browsers see it. */
    URI at(String context) {
        return ports.proxied(context);
    }

    @Override
    public void close() {
        process.close();
    }
}
