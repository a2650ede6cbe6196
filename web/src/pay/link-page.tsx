import {Whole} from './parts';
import {useEnv} from './env';

export function LinkPage({id, linkKey}: {id: string; linkKey: string}) {
    const {t} = useEnv();
    void id; void linkKey;
    return <Whole icon="link" title={t.linkOver} text={t.linkOverHint} />;
}
