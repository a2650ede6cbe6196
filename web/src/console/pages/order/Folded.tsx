import {Icon} from '../../parts/Icon';
import {useTexts} from '../../texts';
import {ORDER} from './dictionary';
import {readable} from './evidence';

interface Shown {
    what: string;
    body: string;
    /** Whether the signature was checked, and how that ended. */
    signed?: boolean;
    /** Small facts beside it: where it came from, how it was read. */
    facts?: readonly string[];
}

/** What a provider sent, folded: names and values, and as it came. */
export function Evidence({what, body, signed, facts = []}: Shown) {
    const texts = useTexts(ORDER);
    const pairs = readable(body);
    const size = (new TextEncoder().encode(body).length / 1024).toFixed(1);
    return <details className="ev">
        <summary>{texts.evidence} · {what}<Icon name="down" size={14}/></summary>
        <div className="vr">
            {signed === undefined ? null : <span className={signed ? 'okc' : 'badc'}><Icon name={signed ? 'check' : 'close'} size={14}/>{signed ? texts.valid : texts.invalid}</span>}
            {facts.map(fact => <span key={fact}>{fact}</span>)}
            {body === '' ? null : <span>{texts.bytes(size)}</span>}
        </div>
        {body === '' ? <p>{texts.noBody}</p> : pairs.length === 0 ? <pre>{body}</pre> : <>
            <dl className="pairs">{pairs.map(([name, value], at) => <div key={at}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
            <details className="ev"><summary>{texts.raw}<Icon name="down" size={14}/></summary><pre>{body}</pre></details>
        </>}
    </details>;
}
