import {Dictionary} from '../../texts';

/** The list of held payments. */
export const HOLDS = new Dictionary({
    title: ['挂起', 'Holds'],
    under: [(money: string, count: number) => `${money} 等待处理 · ${count} 笔，最早的在前`, (money: string, count: number) => `${money} waits for a decision · ${count} payment${count === 1 ? '' : 's'}, oldest first`],
    underNone: ['和订单对不上的付款在这里等人决定。', 'Payments that do not match their orders wait here for a decision.'],
    none: ['没有挂起的付款', 'No payment is on hold'],
    noneHint: ['和订单对不上的付款会列在这里。', 'Payments that do not match their orders are listed here.'],
    auditor: ['你可以查看，决定要由操作员来做。', 'You may look; an operator decides.'],
    mostShown: [(count: number) => `只显示最早的 ${count} 笔，处理完会显示其余的。`, (count: number) => `The ${count} oldest are shown; the others follow once these are decided.`],
    credited: ['已决定入账。', 'It will be credited.'],
    creditedHint: ['额度通常几秒内到账，时间线里能看到。', 'The quota is usually there within seconds; the timeline shows it.'],
    refunding: [(money: string) => `已提出退款 ${money}。`, (money: string) => `The refund of ${money} was requested.`],
    refundHint: [(method: string) => `正在请${method}原路退回；结果在「退款」页和订单的时间线里。`, (method: string) => `${method} is asked to send it back; the page Refunds and the order's timeline show what comes of it.`],
    transaction: ['交易号', 'Transaction'],
    close: ['关闭提示', 'Close this note'],
});
