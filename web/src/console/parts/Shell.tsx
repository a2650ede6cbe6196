import SideSheet from '@douyinfe/semi-ui-19/lib/es/sideSheet';
import {useEffect, useRef, useState, type FormEvent, type ReactNode} from 'react';
import {Link, useLocation, useRoute} from 'wouter';

import {searched} from '../numbers';
import {may, ROUTES, type ConsoleRoute} from '../routes';
import {signOut, type Role, type Self} from '../session';
import {useTexts} from '../texts';
import {SHELL} from '../dictionary';
import {Choices} from './Choices';
import {Icon, Logo} from './Icon';
import {useOpenHolds} from './openHolds';
import {useOpenRefunds} from './openRefunds';
import {useDialogName, useFocusInside} from './useDialogName';

/** The role that says most about a person, first. */
const RANKS: readonly Role[] = ['admin', 'operator', 'auditor'];

/** The side bar, the bar above, and the page between them. */
export function Shell({self, children}: {self: Self; children: ReactNode}) {
    const texts = useTexts(SHELL);
    const [open, setOpen] = useState(false);
    const [path] = useLocation();
    useEffect(() => setOpen(false), [path]);
    return <>
        <a className="skip" href="#main">{texts.skip}</a>
        <div className="app">
            <aside className="side" aria-label={texts.side}><Side self={self}/></aside>
            <div className="col">
                <Top self={self} openMenu={() => setOpen(true)}/>
                <main id="main" tabIndex={-1}>{children}</main>
            </div>
        </div>
        <SideSheet visible={open} placement="left" width={280} motion={false} title={null} closable={false} className="drawer" onCancel={() => setOpen(false)} closeOnEsc>
            <Drawer self={self} close={() => setOpen(false)}/>
        </SideSheet>
    </>;
}

function Drawer({self, close}: {self: Self; close: () => void}) {
    const texts = useTexts(SHELL);
    const box = useRef<HTMLDivElement>(null);
    useDialogName(box, texts.side);
    useFocusInside(box);
    return <div ref={box} className="side in-drawer">
        <button type="button" className="btn quiet sm sq drawer-close" aria-label={texts.closeMenu} onClick={close}><Icon name="close"/></button>
        <Side self={self}/>
    </div>;
}

function Side({self}: {self: Self}) {
    const texts = useTexts(SHELL);
    const seen = ROUTES.filter(route => route.side && may(self.roles, route));
    const of = (part: 'money' | 'system') => seen.filter(route => route.side?.part === part);
    const [money, system] = [of('money'), of('system')];
    return <>
        <Link className="brand" href="/" aria-label="Sluice"><Logo/><span className="t">Sluice</span></Link>
        <nav aria-label={texts.console}>
            {money.map(route => <Entry key={route.name} route={route} roles={self.roles}/>)}
            {money.length > 0 && system.length > 0 ? <hr/> : null}
            {system.map(route => <Entry key={route.name} route={route} roles={self.roles}/>)}
        </nav>
        <Who self={self}/>
    </>;
}

function Entry({route, roles}: {route: ConsoleRoute; roles: readonly Role[]}) {
    const texts = useTexts(SHELL);
    const [here] = useRoute(`${route.path === '/' ? '/' : `${route.path.replace('/:part?', '')}/*?`}`);
    return <Link href={route.path.replace('/:part?', '')} aria-current={here ? 'page' : undefined}>
        <Icon name={route.side!.icon}/><span className="t">{texts[route.name]}</span>
        {!may(roles, route) ? null : route.name === 'holds' ? <OpenHolds/> : route.name === 'refunds' ? <OpenRefunds/> : null}
    </Link>;
}

function OpenHolds() {
    return <ToDecide count={useOpenHolds()}/>;
}

function OpenRefunds() {
    return <ToDecide count={useOpenRefunds()}/>;
}

function ToDecide({count}: {count: number}) {
    const texts = useTexts(SHELL);
    return count > 0 ? <b className="badge"><span aria-hidden="true">{count}</span><span className="vh">{texts.openHolds(count)}</span></b> : null;
}

function Who({self}: {self: Self}) {
    const texts = useTexts(SHELL);
    const [failed, setFailed] = useState(false);
    const rank = RANKS.find(role => self.roles.includes(role));
    const leave = () => signOut().catch(() => setFailed(true));
    return <div className="who">
        <span className="avatar" aria-hidden="true">{self.user.slice(0, 1)}</span>
        <span className="t"><b>{self.user}</b><small>{rank ? texts[rank] : ''}</small></span>
        <button type="button" className="btn quiet sm sq" aria-label={texts.signOut} title={texts.signOut} onClick={leave}><Icon name="out"/></button>
        <span role="alert" className={failed ? 'sm-t badc' : 'vh'}>{failed ? texts.signOutFailed : ''}</span>
    </div>;
}

function Top({self, openMenu}: {self: Self; openMenu: () => void}) {
    const texts = useTexts(SHELL);
    const demo = document.documentElement.dataset.demo === 'true';
    return <header className="bar">
        <button type="button" className="btn quiet sq only-s" aria-label={texts.menu} onClick={openMenu}><Icon name="menu"/></button>
        {ROUTES.some(route => route.name === 'orders' && may(self.roles, route)) ? <Find/> : null}
        <div className="end">
            {demo ? <span className="env hide-s"><i/>{texts.sandbox}</span> : null}
            <Choices/>
        </div>
    </header>;
}

/** Finds an order by any number that a payer may send. `/` goes there. */
function Find() {
    const texts = useTexts(SHELL);
    const field = useRef<HTMLInputElement>(null);
    const [, go] = useLocation();
    useEffect(() => {
        const jump = (event: KeyboardEvent) => {
            const target = event.target as HTMLElement;
            const typing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
            if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && !document.querySelector('[aria-modal=true]')) {
                event.preventDefault();
                field.current?.focus();
            }
        };
        document.addEventListener('keydown', jump);
        return () => document.removeEventListener('keydown', jump);
    }, []);
    const submit = (event: FormEvent) => {
        event.preventDefault();
        const text = searched(field.current?.value ?? '');
        if (text !== '') {
            go(`/orders?${new URLSearchParams({text})}`);
        }
    };
    return <form role="search" className="find-form" onSubmit={submit}>
        <label className="find">
            <span className="vh">{texts.find}</span><Icon name="search" size={16}/>
            <input ref={field} type="search" placeholder={texts.findHint} maxLength={64} spellCheck={false} autoComplete="off"/><kbd aria-hidden="true">/</kbd>
        </label>
    </form>;
}
