import {Dictionary} from '../../texts';

/** The list of refunds. */
export const REFUNDS = new Dictionary({
    title: ['退款', 'Refunds'],
    under: [(money: string, count: number) => `${count} 笔等待处理，共 ${money}，最早的在前`, (money: string, count: number) => `${count} to decide, ${money}, oldest first`],
    underNone: ['等待批准的退款，和渠道自行退的款，在这里处理。', 'Refunds that need approval, and those made at the provider, are decided here.'],
    which: ['哪些退款', 'Which refunds'],
    open: ['待处理', 'To decide'],
    all: ['最近的', 'Newest'],
    none: ['没有等待处理的退款', 'No refund waits'],
    noneHint: ['退款从订单的页面提出。', "A refund is requested on its order's page."],
    noneAtAll: ['还没有退款', 'No refunds yet'],
    auditor: ['你可以查看，处理要由操作员来做。', 'You may look; an operator decides.'],
    most: [(count: number) => `只显示 ${count} 笔。`, (count: number) => `Only ${count} are shown.`],
});
