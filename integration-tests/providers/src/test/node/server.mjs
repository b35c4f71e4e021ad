// SPDX-License-Identifier: Apache-2.0
// An OpenID Provider for tests: oidc-provider with two users, a login page of its own and keys made at start.
// PORT is the loopback port; OIDC_CLIENTS is {"clients": [client metadata, ...]}.
import { generateKeyPairSync } from 'node:crypto';
import { Provider } from 'oidc-provider';

const port = Number(process.env.PORT);
const issuer = `http://localhost:${port}`;

const users = {
  alice: { name: 'Alice Adams', email: 'alice@example.com', roles: ['admin', 'user'], groups: ['staff'] },
  bob: { name: 'Bob Brown', email: 'bob@example.com', roles: ['user'], groups: [] },
};

const jwks = {
  keys: [
    { alg: 'RS256', use: 'sig', ...jwk('rsa', { modulusLength: 2048 }) },
    { alg: 'ES256', use: 'sig', ...jwk('ec', { namedCurve: 'P-256' }) },
    { alg: 'EdDSA', use: 'sig', ...jwk('ed25519') },
  ],
};

const provider = new Provider(issuer, {
  clients: JSON.parse(process.env.OIDC_CLIENTS).clients,
  jwks,
  cookies: { keys: ['signs the cookies of this process only'] },
  claims: { profile: ['name', 'preferred_username', 'roles', 'groups'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false, // the ID token carries the claims of the scopes
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256', 'EdDSA', 'HS256'] },
  pkce: { required: () => true },
  ttl: { AccessToken: tokenLife, AuthorizationCode: 60, Grant: 3600, IdToken: tokenLife, Interaction: 600, RefreshToken: 3600, Session: 3600 },
  // Whoever may refresh gets a refresh token, which ends with the session and works once.
  extraClientMetadata: { properties: ['token_seconds'] },
  issueRefreshToken: (ctx, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    revocation: { enabled: true },
    introspection: { enabled: true },
    encryption: { enabled: true },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource },
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  // By default outgoing requests refuse loopback, where the relying parties of the tests are.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
  findAccount,
  loadExistingGrant: grantEverything,
  renderError,
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) {
    await next();
  } else if (ctx.method === 'POST') {
    await logIn(ctx);
  } else {
    loginPage(ctx);
  }
});

for (const event of ['server_error', 'backchannel.error', 'authorization.error', 'grant.error']) {
  provider.on(event, (ctx, error) => console.error(event, error.message, error.error_description ?? error.cause ?? ''));
}

provider.listen(port, '127.0.0.1', () => console.log(`${issuer} is ready`));

function jwk(type, options) {
  return generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' });
}

/** In seconds; clients may have their own. */
function tokenLife(ctx, token, client) {
  return client.token_seconds ?? 600;
}

function findAccount(ctx, sub) {
  const user = users[sub];
  return user && { accountId: sub, claims: () => ({ sub, preferred_username: sub, email_verified: true, ...user }) };
}

/** Clients of the tests are trusted: nobody is asked for consent. */
async function grantEverything(ctx) {
  const { client, session, params } = ctx.oidc;
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope(params.scope);
  await grant.save();
  return grant;
}

async function logIn(ctx) {
  const chunks = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  const username = form.get('username');
  if (!(username in users) || form.get('password') !== `${username}-password`) {
    loginPage(ctx, 'Unknown user name or wrong password.');
    return;
  }
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, { login: { accountId: username } }));
  ctx.status = 303;
}

function loginPage(ctx, complaint = '') {
  page(ctx, 'Log in', `
    <p role="alert">${complaint}</p>
    <form id="login" method="post">
      <label>User name <input name="username" autocomplete="username"></label>
      <label>Password <input name="password" type="password" autocomplete="current-password"></label>
      <button type="submit">Log in</button>
    </form>`);
}

function logoutSource(ctx, form) {
  page(ctx, 'Log out', `${form}
    <button type="submit" form="op.logoutForm" name="logout" value="yes">Log out</button>
    <button type="submit" form="op.logoutForm">Stay</button>`);
}

function postLogoutSuccessSource(ctx) {
  page(ctx, 'Logged out', '<p>You are logged out.</p>');
}

function renderError(ctx, out) {
  page(ctx, 'Error', `<pre>${escape(JSON.stringify(out))}</pre>`);
}

function page(ctx, title, body) {
  ctx.type = 'html';
  ctx.body = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>
    <body><main><h1>${title}</h1>${body}</main></body></html>`;
}

function escape(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
