const message = document.getElementById('message');
const orders = document.getElementById('orders');

/** Calls the API. To whoever has to log in (401) it offers the link; the login ends at this page again. */
async function call(path, options) {
  const response = await fetch('api/' + path, options);
  message.textContent = response.ok ? '' : response.status === 403 ? 'You may not do that.' : 'That did not work.';
  if (response.status === 401) {
    const login = new URL((await response.json()).login_url, location);
    login.searchParams.set('return_to', location.pathname);
    const link = document.createElement('a');
    link.href = login;
    link.textContent = 'Please sign in.';
    message.replaceChildren(link);
  }
  return response;
}

async function list() {
  const response = await call('orders');
  if (response.ok) {
    orders.replaceChildren(...(await response.json()).map(line));
  }
}

function line(order) {
  const item = document.createElement('li');
  item.textContent = `${order.item}, for ${order.by} `;
  const button = document.createElement('button');
  button.textContent = 'Cancel';
  button.onclick = () => change('orders/' + order.id, { method: 'DELETE' });
  item.append(button);
  return item;
}

/** Shows the list as it is afterwards; what was refused stays to be read. */
async function change(path, options) {
  if ((await call(path, options)).ok) {
    await list();
  }
}

document.getElementById('order').onsubmit = event => {
  event.preventDefault();
  change('orders', { method: 'POST', body: new URLSearchParams(new FormData(event.target)) });
  event.target.reset();
};

list();
