import {useMemo, useState} from 'react';

import type {Language} from '../../api/client';
import {shownFen} from '../money';
import {Bar, Load} from '../parts/Load';
import {Title} from '../parts/Page';
import {useData} from '../parts/useData';
import {useLanguage} from '../preferences';
import {api, useSession} from '../session';
import {useTexts} from '../texts';
import {clock} from '../time';
import {Attention} from './home/Attention';
import {Chart} from './home/Chart';
import {HOME} from './home/dictionary';
import {FigureCards} from './home/FigureCards';
import {days, total, type Figures} from './home/figures';
import {Health} from './home/Health';
import {loadHome, MONTH} from './home/load';
import {useDoctor} from './home/useDoctor';

const EVERY_MS = 30_000;
const RANGES = [7, 30] as const;

export default function HomePage() {
    const texts = useTexts(HOME);
    const session = useSession();
    const admin = session.state === 'in' && session.self.roles.includes('admin');
    const checks = useDoctor(admin);
    const loaded = useData(loadHome, EVERY_MS);
    const language = useLanguage();
    const today = date(new Date(loaded.data?.at ?? api.now()), language);
    return <>
        <Title under={loaded.data ? texts.asOf(today, clock(new Date(loaded.data.at)).slice(0, 5)) : today}>{texts.title}</Title>
        <Load of={loaded} skeleton={<Skeleton/>}>{({figures, holds, refunds, alerts}) => <>
            <Attention figures={figures} holds={holds} refunds={refunds} firing={alerts?.firing ?? null} checks={Array.isArray(checks) ? checks : []}/>
            <FigureCards figures={figures} holds={holds}/>
            <div className="grid gm"><PerDay figures={figures}/><Health figures={figures} parts={alerts?.parts ?? []} checks={checks} doctor={admin}/></div>
        </>}</Load>
    </>;
}

/** `11月23日，星期一`, `Monday, November 23`. */
function date(of: Date, language: Language): string {
    const [day, weekday] = [new Intl.DateTimeFormat(language, {month: 'long', day: 'numeric'}).format(of), new Intl.DateTimeFormat(language, {weekday: 'long'}).format(of)];
    return language === 'en' ? `${weekday}, ${day}` : `${day}，${weekday}`;
}

function PerDay({figures}: {figures: Figures}) {
    const texts = useTexts(HOME);
    const [range, setRange] = useState<number>(MONTH);
    const shownDays = useMemo(() => days(figures, range), [figures, range]);
    return <section className="card box" aria-labelledby="per-day">
        <div className="boxh"><h2 id="per-day">{texts.perDay}</h2><span className="t2 sm-t hide-s">{texts.sums(shownFen(total(days(figures, 7))), shownFen(total(days(figures, MONTH))))}</span>
            <div className="seg" role="group" aria-label={texts.range}>{RANGES.map(count =>
                <button key={count} type="button" aria-pressed={count === range} onClick={() => setRange(count)}>{count === 7 ? texts.days7 : texts.days30}</button>)}</div></div>
        <Chart days={shownDays}/>
    </section>;
}

function Skeleton() {
    return <div className="grid"><Bar height={68}/><div className="grid g4">{[0, 1, 2, 3].map(at => <Bar key={at} height={148}/>)}</div><Bar height={320}/></div>;
}
