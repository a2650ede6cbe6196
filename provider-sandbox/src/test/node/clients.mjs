// Three client libraries of merchants order, query and judge notifications. Prints a line for each; the first failure ends it with 1.
// Standard input: JSON with url, wechat {appId, mchId, key} and alipay {appId, privateKey, publicKey}.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { AlipaySdk } from 'alipay-sdk';
import TenPay from 'tenpay';
import WechatpayPlugin from 'wechatpay-axios-plugin';

const { url, wechat, alipay } = await json(process.stdin);
const { Wechatpay, Hash, Transformer } = WechatpayPlugin;

// The merchant's notify address: keeps what arrives at each path.
const received = new Map();
const merchant = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (part) => { body += part; }).on('end', () => {
    received.set(request.url, body);
    response.end(request.url.startsWith('/alipay') ? 'success'
      : '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>');
  });
});
await new Promise((listening) => { merchant.listen(0, '127.0.0.1', listening); });
const notifyUrl = (path) => `http://127.0.0.1:${merchant.address().port}${path}`;

async function notified(path) {
  for (let i = 0; i < 100 && !received.has(path); i += 1) {
    await pause(100);
  }
  assert(received.has(path), `no notification at ${path}`);
  return received.get(path);
}

async function scan(code) {
  const answer = await fetch(`${url}/wallet/api/pay`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ code }),
  });
  assert.equal(answer.status, 200);
}

async function tenpay() {
  const client = new TenPay({ appid: wechat.appId, mchid: wechat.mchId, partnerKey: wechat.key, notify_url: notifyUrl('/tenpay') });
  Object.assign(client.urls, { unifiedorder: `${url}/pay/unifiedorder`, orderquery: `${url}/pay/orderquery` });
  const order = { out_trade_no: 'NODE_TENPAY', body: '额度 tenpay', total_fee: 730, trade_type: 'NATIVE', product_id: 'quota' };

  const { code_url: code } = await client.unifiedOrder(order);
  assert.equal((await client.orderQuery({ out_trade_no: order.out_trade_no })).trade_state, 'NOTPAY');
  await scan(code);
  const request = { body: await notified('/tenpay') };
  await new Promise((next, refused) => {
    client.middlewareForExpress('pay')(request, { header() {}, send: (reply) => refused(new Error(reply)) }, next);
  });
  assert.equal(request.weixin.out_trade_no, order.out_trade_no);
  assert.equal(request.weixin.total_fee, '730');
  assert.equal((await client.orderQuery({ out_trade_no: order.out_trade_no })).trade_state, 'SUCCESS');

  const forged = { body: request.body.replace('730', '731') };
  const reply = await new Promise((refused, taken) => {
    client.middlewareForExpress('pay')(forged, { header() {}, send: refused }, () => taken(new Error('a forged notification was taken')));
  });
  assert.match(reply, /FAIL/);
}

async function wechatpay() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const client = new Wechatpay({
    mchid: wechat.mchId, serial: 'OURS', privateKey, certs: { THEIRS: publicKey }, secret: wechat.key, baseURL: `${url}/`,
  });
  const common = { appid: wechat.appId, mch_id: wechat.mchId, sign_type: 'HMAC-SHA256' };
  const nonce = () => Math.random().toString(36).slice(2);

  const { data: placed } = await client.v2.pay.unifiedorder.post({
    ...common, nonce_str: nonce(), out_trade_no: 'NODE_AXIOS', body: '额度 axios', total_fee: 730, spbill_create_ip: '127.0.0.1',
    notify_url: notifyUrl('/wechatpay'), trade_type: 'NATIVE', product_id: 'quota',
  });
  const query = async () => (await client.v2.pay.orderquery.post({ ...common, nonce_str: nonce(), out_trade_no: 'NODE_AXIOS' })).data;
  assert.equal((await query()).trade_state, 'NOTPAY');
  await scan(placed.code_url);
  const notification = Transformer.toObject(await notified('/wechatpay'));
  const type = notification.sign.length === 64 ? Hash.ALGO_HMAC_SHA256 : Hash.ALGO_MD5;
  const sign = (fields) => Hash.sign(type, fields, Hash.keyObjectFrom(wechat.key));
  assert.equal(sign(notification), notification.sign);
  assert.notEqual(sign({ ...notification, total_fee: '731' }), notification.sign);
  assert.equal(notification.total_fee, '730');
  assert.equal((await query()).trade_state, 'SUCCESS');
}

async function alipaySdk() {
  const client = new AlipaySdk({
    appId: alipay.appId, privateKey: alipay.privateKey, keyType: 'PKCS8', alipayPublicKey: alipay.publicKey, gateway: `${url}/gateway.do`,
  });
  const exec = (method, bizContent) => client.exec(method, { notifyUrl: notifyUrl('/alipay'), bizContent }, { validateSign: true });

  const placed = await exec('alipay.trade.precreate', { out_trade_no: 'NODE_ALIPAY', total_amount: '7.30', subject: '额度 alipay' });
  assert.equal(placed.code, '10000', JSON.stringify(placed));
  assert.equal((await exec('alipay.trade.query', { out_trade_no: 'NODE_ALIPAY' })).subCode, 'ACQ.TRADE_NOT_EXIST');
  await scan(placed.qrCode);
  const notification = Object.fromEntries(new URLSearchParams(await notified('/alipay')));
  assert.equal(client.checkNotifySignV2(notification), true);
  assert.equal(client.checkNotifySignV2({ ...notification, total_amount: '7.31' }), false);
  assert.equal(notification.trade_status, 'TRADE_SUCCESS');
  assert.equal((await exec('alipay.trade.query', { out_trade_no: 'NODE_ALIPAY' })).tradeStatus, 'TRADE_SUCCESS');
}

for (const library of [tenpay, wechatpay, alipaySdk]) {
  await library();
  console.log(`${library.name} works`);
}
merchant.close();
merchant.closeAllConnections();
