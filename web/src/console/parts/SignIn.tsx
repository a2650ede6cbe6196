import {useRef, useState, type FormEvent} from 'react';

import {signIn} from '../session';
import {useTexts} from '../texts';
import {SHELL} from '../dictionary';
import {Choices} from './Choices';
import {Logo} from './Icon';
import {Note} from './Page';

/** Takes an access token and hands it to the server, which answers with a session. */
export function SignIn({ended}: {ended: boolean}) {
    const texts = useTexts(SHELL);
    const field = useRef<HTMLInputElement>(null);
    const demo = document.documentElement.dataset.demo === 'true';
    const [state, setState] = useState<'rest' | 'busy' | 'missing' | 'refused' | 'failed'>('rest');
    const submit = async (event: FormEvent) => {
        event.preventDefault();
        const token = field.current?.value.trim() ?? '';
        if (token === '') {
            setState('missing');
            field.current?.focus();
            return;
        }
        setState('busy');
        try {
            const taken = await signIn(token);
            if (!taken) {
                setState('refused');
                field.current?.focus();
            }
        } catch {
            setState('failed');
        }
    };
    const wrong = state === 'missing' ? texts.tokenMissing : state === 'refused' ? texts.tokenRefused : state === 'failed' ? texts.signInFailed : null;
    return <div className="door">
        <div className="door-bar"><Choices/></div>
        <main className="card door-card">
            <Logo size={40}/>
            <h1>{texts.signIn}</h1>
            <p className="t2">{texts.signInHint}</p>
            {ended ? <Note kind="info">{texts.ended}</Note> : null}
            <form onSubmit={submit} noValidate>
                <div className="fld">
                    <label htmlFor="token">{texts.token}</label>
                    <div className={`inp ${wrong ? 'err' : ''}`}>
                        <input ref={field} id="token" type="password" autoComplete="off" spellCheck={false} aria-invalid={wrong !== null}
                            aria-describedby={wrong ? 'token-wrong' : undefined}/>
                    </div>
                    <p className="e" id="token-wrong" role="alert">{wrong}</p>
                </div>
                <button type="submit" className="btn primary wide" disabled={state === 'busy'}>{state === 'busy' ? texts.entering : texts.enter}</button>
            </form>
            {demo ? <form method="post" action="/demo/session"><input type="hidden" name="as" value="operator"/><button type="submit" className="btn line wide">{texts.asOperator}</button></form> : null}
        </main>
    </div>;
}
