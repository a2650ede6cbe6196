import {useEffect, useRef, useState} from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

import {shownFen} from '../../money';
import {useMethodName} from '../../parts/shown';
import {useLanguage, useTheme} from '../../preferences';
import {useTexts} from '../../texts';
import {HOME} from './dictionary';
import {METHODS, scale, total, type Day} from './figures';

const HEIGHT = 208;
/** Between two dates on the axis, in CSS pixels. */
const DATE_SPACE = 96;

/** What was credited per day, stacked by method; the day under the pointer is in the line below. */
export function Chart({days}: {days: readonly Day[]}) {
    const texts = useTexts(HOME);
    const methodName = useMethodName();
    const theme = useTheme();
    const box = useRef<HTMLDivElement>(null);
    const [at, setAt] = useState<number | null>(null);
    useEffect(() => {
        const place = box.current!;
        const plot = new uPlot(options(place, days, setAt), [days.map((_, day) => day), days.map(day => (day.wechat + day.alipay) / 100), days.map(day => day.wechat / 100)], place);
        const watch = new ResizeObserver(() => plot.setSize({width: place.clientWidth, height: HEIGHT}));
        watch.observe(place);
        return () => {
            watch.disconnect();
            plot.destroy();
        };
    }, [days, theme]);
    const one = at === null ? undefined : days[at];
    return <>
        <div ref={box} className="plot" role="img" aria-label={String(texts.chart(days.length))}/>
        <div className="lg2">
            {METHODS.map(method => <span key={method}><i className={`sq8 ${method === 'alipay' ? 'b' : ''}`}/>{methodName(method)} {shownFen(one ? one[method] : total(days, method))}</span>)}
            <span className="t3">{one ? one.day.slice(5) : ''}</span>
        </div>
        <AsTable days={days}/>
    </>;
}

function AsTable({days}: {days: readonly Day[]}) {
    const texts = useTexts(HOME);
    const methodName = useMethodName();
    useLanguage();
    return <details className="ev as-table">
        <summary>{texts.asTable}</summary>
        <div className="scroll" tabIndex={0} role="region" aria-label={texts.perDay}><table>
            <thead><tr><th scope="col">{texts.day}</th>{METHODS.map(method => <th key={method} scope="col" className="r">{methodName(method)}</th>)}<th scope="col" className="r">{texts.total}</th></tr></thead>
            <tbody>{[...days].reverse().map(day => <tr key={day.day}>
                <th scope="row">{day.day}</th>{METHODS.map(method => <td key={method} className="r">{shownFen(day[method])}</td>)}<td className="r"><b>{shownFen(day.wechat + day.alipay)}</b></td>
            </tr>)}</tbody>
        </table></div>
    </details>;
}

function options(place: HTMLElement, days: readonly Day[], point: (at: number | null) => void): uPlot.Options {
    const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const marks = scale(Math.max(...days.map(day => day.wechat + day.alipay)) / 100);
    const bars = uPlot.paths.bars!({size: [0.72, 40], radius: 0.12});
    const font = `12px ${token('--font')}`;
    const every = Math.max(1, Math.ceil(days.length * DATE_SPACE / Math.max(1, place.clientWidth)));
    const axis = {stroke: token('--text-3'), font, ticks: {show: false}};
    return {
        width: place.clientWidth, height: HEIGHT, legend: {show: false}, padding: [8, 20, 0, 0],
        cursor: {x: false, y: false, drag: {x: false, y: false}, points: {show: false}},
        scales: {x: {time: false, range: [-0.6, days.length - 0.4]}, y: {range: [0, marks.at(-1)!]}},
        series: [{}, {fill: token('--accent-2'), width: 0, paths: bars, points: {show: false}}, {fill: token('--accent'), width: 0, paths: bars, points: {show: false}}],
        axes: [
            {...axis, size: 28, gap: 8, grid: {show: false}, splits: days.map((_, day) => day).filter(day => (days.length - 1 - day) % every === 0), values: (_, splits) => splits.map(day => days[day]?.day.slice(5) ?? '')},
            {...axis, size: 44, gap: 8, grid: {stroke: token('--line'), width: 1}, splits: [...marks], values: (_, splits) => splits.map(brief)},
        ],
        hooks: {setCursor: [plot => point(plot.cursor.idx ?? null)]},
    };
}

const brief = (yuan: number): string => yuan >= 1_000 ? `${Number((yuan / 1_000).toFixed(1))}k` : String(yuan);
