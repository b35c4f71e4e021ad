// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.before.spring;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Who knows the callers. */
@Configuration
@EnableWebSecurity
public class Login {
    @Bean
    ClientRegistrationRepository clients() {
        var settings = ResourceBundle.getBundle("login");
        ClientRegistration client = ClientRegistrations.fromIssuerLocation(settings.getString("issuer"))
                .registrationId("acme")
                .clientId("shop")
                .clientSecret(settings.getString("secret"))
                .scope("openid", "profile", "email")
                .userNameAttributeName("preferred_username")
                .build();
        return new InMemoryClientRegistrationRepository(client);
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http, ClientRegistrationRepository clients) throws Exception {
        var atTheProvider = new OidcClientInitiatedLogoutSuccessHandler(clients);
        atTheProvider.setPostLogoutRedirectUri("{baseUrl}/goodbye.html");
        return http.authorizeHttpRequests(paths -> paths.requestMatchers("/goodbye.html")
                        .permitAll()
                        .requestMatchers("/admin/**")
                        .hasRole("admin")
                        .anyRequest()
                        .authenticated())
                .oauth2Login(login -> login.userInfoEndpoint(user -> user.userAuthoritiesMapper(Login::roles)))
                .logout(logout -> logout.logoutRequestMatcher(
                                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/logout"))
                        .logoutSuccessHandler(atTheProvider))
                .build();
    }

    private static Set<GrantedAuthority> roles(Collection<? extends GrantedAuthority> authorities) {
        return authorities.stream()
                .filter(OidcUserAuthority.class::isInstance)
                .map(authority -> ((OidcUserAuthority) authority).getIdToken().getClaimAsMap("realm_access"))
                .filter(Objects::nonNull)
                .flatMap(access -> ((List<?>) access.getOrDefault("roles", List.of())).stream())
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                .collect(Collectors.toSet());
    }
}
