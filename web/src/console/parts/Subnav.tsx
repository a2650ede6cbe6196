import {useEffect, useRef} from 'react';
import {Link} from 'wouter';

interface Tab {
    href: string;
    title: string;
    /** After the title: what a screen reader says of a dot. */
    dot?: string | undefined;
}

/** The parts of a page. On a phone the one that is open is scrolled into view. */
export function Subnav({name, here, tabs}: {name: string; here: string; tabs: readonly Tab[]}) {
    const nav = useRef<HTMLElement>(null);
    useEffect(() => {
        const open = nav.current?.querySelector<HTMLElement>('[aria-current]');
        if (open && nav.current) {
            nav.current.scrollLeft = open.offsetLeft - nav.current.offsetLeft - 16;
        }
    }, [here]);
    return <nav ref={nav} className="subnav" aria-label={name}>
        {tabs.map(tab => <Link key={tab.href} href={tab.href} aria-current={tab.href === here ? 'page' : undefined}>
            {tab.title}{tab.dot ? <><i aria-hidden="true"/><span className="vh"> {tab.dot}</span></> : null}
        </Link>)}
    </nav>;
}
