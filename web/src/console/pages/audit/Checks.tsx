import {useCallback, useEffect, useRef, useState} from 'react';

import {Refusal} from '../../../api/client';
import {grouped} from '../../money';
import {Load, Bar, Why} from '../../parts/Load';
import {Box, Note} from '../../parts/Page';
import {Chip, Time} from '../../parts/shown';
import {useData} from '../../parts/useData';
import {api} from '../../session';
import {useTexts} from '../../texts';
import {verify, type Proof, type Verified} from './audit';
import {AUDIT} from './dictionary';

const EVERY_MS = 60_000;

/** The last proof of the ledger: whether it agrees with the log, and the first difference. */
export function LedgerProof() {
    const texts = useTexts(AUDIT);
    const loaded = useData(useCallback(async (signal: AbortSignal) => {
        try {
            return await api.other<Proof>('get', '/api/audit/proof', {signal});
        } catch (e) {
            if (e instanceof Refusal && e.code === 'NOT_FOUND') {
                return null;
            }
            throw e;
        }
    }, []), EVERY_MS);
    const count = (of: number) => grouped(String(of));
    return <Box title={texts.proof}><Load of={loaded} skeleton={<Bar height={44}/>}>{proof => proof === null ? <p className="t2">{texts.noProof}</p> : <div className="check">
        <span><Chip kind={proof.agrees ? 'ok' : 'bad'}>{proof.agrees ? texts.agrees : texts.differs}</Chip> <span className="t3 sm-t"><Time at={proof.at}/></span></span>
        {proof.difference ? <p className="badc">{texts.firstDifference(proof.difference.subject, proof.difference.expected, proof.difference.found)}</p> : null}
        <p className="t2 sm-t">{texts.proven(count(proof.accounts), count(proof.transfers), count(proof.facts))}</p>
    </div>}</Load></Box>;
}

type Walk = {state: 'rest'} | {state: 'walking'; rows: number} | {state: 'ended'; last: Verified | null} | {state: 'failed'; error: unknown};

/** Walks the chain of hashes when asked, and says where it is broken. */
export function ChainOfHashes() {
    const texts = useTexts(AUDIT);
    const [walk, setWalk] = useState<Walk>({state: 'rest'});
    const stop = useRef<AbortController | null>(null);
    useEffect(() => () => stop.current?.abort(), []);
    const run = async () => {
        const mine = stop.current = new AbortController();
        let last: Verified | null = null;
        setWalk({state: 'walking', rows: 0});
        try {
            await verify(line => {
                last = line;
                setWalk({state: 'walking', rows: line.rows});
            }, mine.signal);
            setWalk({state: 'ended', last});
        } catch (error) {
            setWalk(mine.signal.aborted ? {state: 'rest'} : {state: 'failed', error});
        }
    };
    return <Box title={texts.chain} beside={walk.state === 'walking' ? <button type="button" className="btn line sm" onClick={() => stop.current?.abort()}>{texts.stop}</button>
        : <button type="button" className="btn line sm" onClick={() => void run()}>{texts.verify}</button>}>
        <div className="check" role="status">{walk.state === 'rest' ? <p className="t2">{texts.chainHint}</p> : walk.state === 'walking' ? <p className="t2">{texts.walking(grouped(String(walk.rows)))}</p>
            : walk.state === 'failed' ? <Note kind="bad"><Why error={walk.error}/></Note> : <Result of={walk.last}/>}</div>
    </Box>;
}

function Result({of}: {of: Verified | null}) {
    const texts = useTexts(AUDIT);
    if (of?.broken) {
        const {topic, partition, offset, difference} = of.broken;
        return <Note kind="bad"><b>{texts.broken(`${topic}/${partition}/${offset}`)}</b> {texts[difference]}</Note>;
    }
    return of?.verified ? <Note kind="ok">{texts.whole(grouped(String(of.rows)))}</Note> : <Note kind="warn">{texts.cut}</Note>;
}
