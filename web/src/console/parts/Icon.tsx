/** Drawn on a box of 20, strokes of 1.6. */
const DRAWN = {
    home: 'M3.5 9.2 10 3.7l6.5 5.5V16h-4.3v-4.2H7.8V16H3.5z',
    orders: 'M7.5 5.5h9M7.5 10h9M7.5 14.5h9M3.8 5.500h.1M3.8 10h.1M3.8 14.500h.1',
    holds: 'M3 10a7 7 0 1 0 14 0 7 7 0 1 0-14 0M8 7.5v5M12 7.5v5',
    settings: 'M3.5 6.500h6M14 6.500h2.500M3.5 13.500H6M10.5 13.500h6M9.8 6.500a1.9 1.9 0 1 0 3.8 0 1.9 1.9 0 1 0-3.8 0M6.3 13.500a1.9 1.9 0 1 0 3.8 0 1.9 1.9 0 1 0-3.8 0',
    doctor: 'M2.5 10.5H6L8 5l3.5 10.5 2-5h4',
    alerts: 'M5.2 13.5V9a4.8 4.8 0 0 1 9.6 0v4.500l1.2 1.200H4zM8.5 17h3',
    search: 'M4 9a5 5 0 1 0 10 0A5 5 0 1 0 4 9m9 4 3.8 3.8',
    menu: 'M3.5 6h13M3.5 10h13M3.5 14h13',
    moon: 'M16 11.8A6.5 6.5 0 0 1 8.2 4a6.5 6.5 0 1 0 7.8 7.800z',
    sun: 'M6.8 10a3.2 3.2 0 1 0 6.4 0 3.2 3.2 0 1 0-6.4 0M10 2.800v1.700M10 15.500v1.700M2.8 10h1.700M15.5 10h1.700M4.9 4.900l1.2 1.200M13.9 13.900l1.2 1.200M15.1 4.900l-1.2 1.200M6.1 13.900l-1.2 1.2',
    out: 'M12 4.500H5.500v11H12M9 10h8M14.3 7.3 17 10l-2.7 2.7',
    down: 'M4.5 7.5 10 13l5.5-5.5',
    right: 'M7.5 4.5 13 10l-5.5 5.5',
    arrow: 'M4 10h12M11.5 5.5 16 10l-4.5 4.5',
    close: 'm5 5 10 10M15 5 5 15',
    check: 'M4.5 10.5 8.5 14.5 15.5 6',
    copy: 'M9 7h5a2 2 0 0 1 2 2v5.500a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2zM13 4.500v-.200a1.8 1.8 0 0 0-1.8-1.800H5.800A2.3 2.3 0 0 0 3.5 4.800V11a1.8 1.8 0 0 0 1 1.6',
    again: 'M16 5v3.800h-3.800M15.7 8.800A6 6 0 1 0 16 11',
    back: 'M7.5 4 4 7.5 7.5 11M4 7.500h7.500a4.5 4.5 0 0 1 0 9H8',
    books: 'M10 3.500v13M6.5 16.500h7M4 6.500h12M4 6.500 2 11a2.2 2.2 0 0 0 4 0zM16 6.500 14 11a2.2 2.2 0 0 0 4 0z',
    sheet: 'M5.5 3h9v14h-9zM8 7h4M8 10h4M8 13h2',
    book: 'M5.5 3.500h9.5v13H6.500a1.5 1.500 0 0 1-1.5-1.500V5a1.5 1.500 0 0 1 1.5-1.500M5 15a1.5 1.500 0 0 1 1.5-1.500H15',
    left: 'M12.5 4.5 7 10l5.5 5.5',
    save: 'M10 3v9.500M6.5 9.3 10 12.700l3.5-3.400M4 16.500h12',
    calendar: 'M5.5 4.500h9a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM3.5 8.500h13M7 2.800v3M13 2.800v3',
    info: 'M3 10a7 7 0 1 0 14 0 7 7 0 1 0-14 0M10 9v4.500M10 6.500v.1',
    warn: 'M10 3.5 17.5 16.500h-15zM10 8v4M10 14.200v.1',
    key: 'M3.5 12.500a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0M9.5 10l7-7M13.5 6l2.5 2.5',
    link: 'M8.5 11.500a3 3 0 0 0 4.3.2l2.6-2.600a3 3 0 0 0-4.3-4.300l-1 1M11.5 8.500a3 3 0 0 0-4.3-.200L4.6 10.900a3 3 0 0 0 4.3 4.300l1-1',
    skip: 'M6 10h8',
    stop: 'M3 10a7 7 0 1 0 14 0 7 7 0 1 0-14 0M5 5l10 10',
} as const;

export type IconName = keyof typeof DRAWN;

export function Icon({name, size = 20}: {name: IconName; size?: number}) {
    return <svg className="i" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true"><path d={DRAWN[name]}/></svg>;
}

export function Logo({size = 28}: {size?: number}) {
    return <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
        <rect width="28" height="28" rx="8" className="logo-box"/>
        <g className="logo-lines" strokeWidth="2.4" strokeLinecap="round" fill="none">
            <path d="M7 8v12M21 8v12M11 8h6v5h-6z"/>
            <path d="M10.5 18.800c1.2-1 2.3-1 3.5 0s2.3 1 3.5 0"/>
        </g>
    </svg>;
}

/** A payment method's mark, the one place for its own colours. */
export function Mark({method, size = 20}: {method: string; size?: number}) {
    if (method === 'wechat') {
        return <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" fill="#07C160"/>
            <path fill="#fff" d="M16 7.500c-5.4 0-9.5 3.4-9.5 7.7 0 2.5 1.4 4.7 3.6 6.100l-.9 3.1 3.5-1.900c1 .3 2.1.4 3.3.4 5.4 0 9.5-3.4 9.5-7.700S21.4 7.5 16 7.500z"/>
            <path fill="none" stroke="#07C160" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round" d="m11.5 14.6 3.2 3 6.3-5.2"/>
        </svg>;
    }
    if (method === 'alipay') {
        return <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" fill="#1677FF"/>
            <g fill="none" stroke="#fff" strokeWidth="2.2" strokeLinecap="round">
                <path d="M9 10.500h14M16 7.300v7.200M10.5 14.500h11c-1.2 4.3-5.2 8.7-11.5 10"/>
                <path d="M11.2 17.800c3 .8 8.2 3.7 11.8 6.6"/>
            </g>
        </svg>;
    }
    return null;
}
