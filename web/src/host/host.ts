/* The example of a host: a page of another origin with the two lines that embed the top-up. Its "backend" is the demo's. */
import type {SluiceTopUp} from '../element/element';

const page = document.documentElement;
const SLUICE = `http://127.0.0.1:${location.port}`;
const zh = page.lang !== 'en';
const words = (chinese: string, english: string) => (zh ? chinese : english);

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, ...children: (string | Node)[]): HTMLElementTagNameMap[K] {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...children);
    return made;
}

/** What a host's own backend does for its own signed-in user. */
async function token(): Promise<string> {
    const answer = await fetch('/demo/host/token', {method: 'POST'});
    const {token: value} = await answer.json() as {token: string};
    return value;
}

const topUp = document.createElement('sluice-topup') as SluiceTopUp;
topUp.token = token;
const status = element('p', 't', words('充值完成后，这里会收到一个事件。', 'When a top-up is credited, an event arrives here.'));
status.setAttribute('role', 'status');
topUp.addEventListener('credited', event => {
    status.textContent = `${words('收到事件 credited：', 'Event credited: ')}${(event as CustomEvent<{order_id: string}>).detail.order_id}`;
});

const name = element('a', 'nm', words('陶然 AI', 'Taoran AI'));
name.href = '/demo/host/';
const back = element('a', '', words('回到 Sluice', 'Back to Sluice'));
back.href = `${SLUICE}/`;
const code = element('pre', 'code hide-p', `<script type="module" src="https://pay.example.com/sluice-topup.js"></script>
<sluice-topup id="topup"></sluice-topup>

topup.token = () => account.accessToken()`);
const usage = element('section', 'use',
    element('h1', '', words('账单与用量', 'Billing and usage')),
    element('div', '', element('p', 't', words('这是一个嵌入 Sluice 的网站的例子：另一个来源，自己的样子。', 'An example of a site that embeds Sluice: another origin, a face of its own.'))),
    code, status);
document.body.append(element('header', 'hb', name, element('span', 'end', back)), element('main', 'hm', usage, topUp));
void import(/* @vite-ignore */ `${SLUICE}/sluice-topup.js`);
