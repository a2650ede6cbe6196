import {Component, Suspense, useCallback, useMemo, type ReactNode} from 'react';
import {Redirect, Route, Router, Switch} from 'wouter';

import type {Display} from './money';
import {Bar, Failed} from './parts/Load';
import {Empty, Title} from './parts/Page';
import {Shell} from './parts/Shell';
import {SignIn} from './parts/SignIn';
import {DisplayContext} from './parts/shown';
import {useData} from './parts/useData';
import {may, ROUTES} from './routes';
import {api, meet, signOut, useSession, type Self} from './session';
import {useTexts} from './texts';
import {SHELL} from './dictionary';

export function App() {
    const session = useSession();
    switch (session.state) {
        case 'asking': return null;
        case 'out': return <SignIn ended={session.ended}/>;
        case 'failed': return <main className="door"><Failed error={session.cause} retry={() => void meet()}/></main>;
        case 'in': return <Console self={session.self}/>;
    }
}

function Console({self}: {self: Self}) {
    const texts = useTexts(SHELL);
    const seen = ROUTES.filter(route => may(self.roles, route));
    const start = seen.find(route => route.side);
    if (!start) {
        return <main className="door"><Empty icon="stop" title={texts.noRole} act={<button type="button" className="btn line" onClick={() => void signOut()}>{texts.signOut}</button>}>
            {texts.noRoleHint}</Empty></main>;
    }
    return <Router base="/admin"><WithDisplay><Shell self={self}><Broken texts={texts}><Suspense fallback={<Bar width={160} height={28}/>}>
        <Switch>
            {seen.map(route => <Route key={route.name} path={route.path} component={route.page}/>)}
            {start.path === '/' ? null : <Route path="/"><Redirect to={start.path.replace('/:part?', '')} replace/></Route>}
            {ROUTES.filter(route => !may(self.roles, route)).map(route => <Route key={route.name} path={route.path}><Elsewhere title={texts.notYours}/></Route>)}
            <Route><Elsewhere title={texts.notHere}/></Route>
        </Switch>
    </Suspense></Broken></Shell></WithDisplay></Router>;
}

function Elsewhere({title}: {title: string}) {
    const texts = useTexts(SHELL);
    return <><Title>{title}</Title><Empty icon="stop" title={title}>{texts.notHereHint}</Empty></>;
}

/** How quota is shown. Until the server has said so, the count alone. */
function WithDisplay({children}: {children: ReactNode}) {
    const {data} = useData(useCallback((signal: AbortSignal) => api.get('/api/user/topup/info', {signal}), []));
    const display = useMemo<Display>(() => data ? {type: data.quota_display_type, perUnit: Number(data.quota_per_unit)} : {type: 'TOKENS', perUnit: 0}, [data]);
    return <DisplayContext.Provider value={display}>{children}</DisplayContext.Provider>;
}

/** A page whose code did not come, or failed: the bars stay, and a button loads it again. */
class Broken extends Component<{texts: {pageNotLoaded: string; reload: string}; children: ReactNode}, {broken: boolean}> {
    override state = {broken: false};

    static getDerivedStateFromError() {
        return {broken: true};
    }

    override render() {
        const {texts, children} = this.props;
        return this.state.broken
            ? <div role="alert"><Empty icon="warn" title={texts.pageNotLoaded} act={<button type="button" className="btn line" onClick={() => location.reload()}>{texts.reload}</button>}/></div>
            : children;
    }
}
