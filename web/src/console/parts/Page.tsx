import {useEffect, useRef, type ReactNode} from 'react';
import {useLocation} from 'wouter';

import {Icon, type IconName} from './Icon';

let shownAt: string | null = null;

/**
 * A page's title, its acts beside it. After a change of the page the focus goes to the title.
 *
 * @param name of the browser's tab, where the title is no plain text
 */
export function Title({children, name, under, acts}: {children: ReactNode; name?: string; under?: ReactNode; acts?: ReactNode}) {
    const title = useRef<HTMLHeadingElement>(null);
    const [path] = useLocation();
    const tab = name ?? (typeof children === 'string' ? children : '');
    useEffect(() => {
        document.title = tab ? `${tab} · Sluice` : 'Sluice';
    }, [tab]);
    useEffect(() => {
        if (shownAt !== null && shownAt !== path) {
            title.current?.focus({preventScroll: true});
            window.scrollTo(0, 0);
        }
        shownAt = path;
    }, [path]);
    return <div className="ttl">
        <div><h1 ref={title} tabIndex={-1}>{children}</h1>{under ? <p>{under}</p> : null}</div>
        {acts ? <div className="acts">{acts}</div> : null}
    </div>;
}

/** A part of a page with its own heading. */
export function Box({title, beside, children, className = ''}: {title?: ReactNode; beside?: ReactNode; children: ReactNode; className?: string}) {
    return <section className={`card box ${className}`}>
        {title ? <div className="boxh"><h2>{title}</h2>{beside}</div> : null}
        {children}
    </section>;
}

/** One sentence about what is so, and one button at most. */
export function Note({kind = '', icon, children, act}: {kind?: '' | 'info' | 'warn' | 'bad' | 'ok'; icon?: IconName; children: ReactNode; act?: ReactNode}) {
    return <div className={`note ${kind}`}>
        <Icon name={icon ?? (kind === 'bad' || kind === 'warn' ? 'warn' : kind === 'ok' ? 'check' : 'info')}/>
        <div className="note-text">{children}</div>
        {act}
    </div>;
}

/** An empty list: what would be here, and one button at most. */
export function Empty({icon, title, children, act}: {icon: IconName; title: string; children?: ReactNode; act?: ReactNode}) {
    return <div className="card empty"><Icon name={icon} size={32}/><b>{title}</b>{children ? <p className="t2">{children}</p> : null}{act}</div>;
}

/** A row of the facts beside a page. */
export function Fact({name, children}: {name: ReactNode; children: ReactNode}) {
    return <div><dt>{name}</dt><dd>{children}</dd></div>;
}
