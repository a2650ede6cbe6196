import {useEffect, useState} from 'preact/hooks';

import type {OrderView} from '../../target/api';
import {useEnv} from './env';
import {Icon} from './icons';
import {yuan} from './money';
import {methodName} from './texts';

/** How large the code is at most, with its quiet zone, in CSS pixels. */
export const CODE_SIZE = 333;
export const SMALL_CODE_SIZE = 222;

/** What of an order its code needs. */
export type Coded = Pick<OrderView, 'order_id' | 'pay_url' | 'payment_method' | 'money'>;

export interface Drawn {
    /** Modules along a side, the quiet zone of four on each side included. */
    modules: number;
    path: string;
}

/** Out of the server's SVG: the drawing and its size. Null when it is none. */
export function drawn(svg: string): Drawn | null {
    const box = /viewBox="0 0 (\d+) \d+"/.exec(svg);
    const path = /<path d="([Mhvz0-9 .-]+)"/i.exec(svg);
    return box && path ? {modules: Number(box[1]), path: path[1]!} : null;
}

/** The largest size at which each module is a whole number of pixels. */
export function wholePixels(modules: number, most: number): number {
    return modules * Math.max(1, Math.floor(most / modules));
}

/** The order's code as the server draws it. Null until it is there. */
export function useDrawn(order: Coded, load?: () => Promise<string | null>): Drawn | null {
    const {api} = useEnv();
    const [code, setCode] = useState<{of: string; drawn: Drawn | null}>({of: '', drawn: null});
    const wanted = `${order.order_id} ${order.pay_url ?? ''}`;
    useEffect(() => {
        if (order.pay_url === null) {
            return undefined;
        }
        let ended = false;
        let timer: ReturnType<typeof setTimeout> | undefined;
        const ask = async (wait: number): Promise<void> => {
            const svg = await (load ?? (async () => {
                const answer = await api.fetch(`/api/user/topup/${encodeURIComponent(order.order_id)}/qr.svg`, {});
                return answer.ok ? answer.text() : null;
            }))().catch(() => null);
            const now = svg === null ? null : drawn(svg);
            if (ended) {
                return;
            }
            if (now) {
                setCode({of: wanted, drawn: now});
            } else {
                timer = setTimeout(() => void ask(Math.min(8000, wait * 2)), wait);
            }
        };
        void ask(500);
        return () => {
            ended = true;
            clearTimeout(timer);
        };
    }, [wanted]);
    return code.of === wanted ? code.drawn : null;
}

/** The code, always black on white, with its quiet zone. */
export function Code({code, order, size}: {code: Drawn | null; order: Coded; size: number}) {
    const {t} = useEnv();
    if (!code) {
        return <span class="sk qr-sk" style={{width: `${size}px`, height: `${size}px`}} />;
    }
    const pixels = wholePixels(code.modules, size);
    return <svg class="qr" width={pixels} height={pixels} viewBox={`0 0 ${code.modules} ${code.modules}`} shape-rendering="crispEdges" role="img"
        aria-label={t.codeOf(methodName(t, order.payment_method), yuan(order.money))}><path fill="#0B0F11" d={code.path} /></svg>;
}

/** Saves the code as a picture. Only for codes that their wallet takes from an album. */
export function SavePicture({code, order}: {code: Drawn; order: Coded}) {
    const {t} = useEnv();
    const save = () => {
        const scale = Math.ceil(600 / code.modules);
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = code.modules * scale;
        const pen = canvas.getContext('2d')!;
        pen.fillStyle = '#fff';
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.scale(scale, scale);
        pen.fillStyle = '#000';
        pen.fill(new Path2D(code.path));
        const link = document.createElement('a');
        link.href = canvas.toDataURL('image/png');
        link.download = `${order.order_id}.png`;
        link.click();
    };
    return <button class="btn line sm" type="button" onClick={save}><Icon name="save" size={16} />{t.savePicture}</button>;
}
