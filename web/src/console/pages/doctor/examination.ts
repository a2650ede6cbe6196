import {Refusal, type Data} from '../../../api/client';
import {api, ended} from '../../session';

export type Row = Data<'/api/option/doctor', 'post'>[number];

interface Examination {
    running: boolean;
    /** By this machine's clock. */
    began: number;
    took: number;
    rows: readonly Row[] | undefined;
    error: unknown;
}

/** The last one stays while the page is left and come back to: its remedies are on other pages. */
let state: Examination = {running: false, began: 0, took: 0, rows: undefined, error: undefined};
const watchers = new Set<() => void>();

export const examination = (): Examination => state;

export function watch(watcher: () => void): () => void {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
}

function become(next: Examination): void {
    state = next;
    watchers.forEach(each => each());
}

/** Has everything checked; one at a time. */
export async function examine(): Promise<void> {
    if (state.running) {
        return;
    }
    const began = Date.now();
    become({...state, running: true, began, error: undefined});
    try {
        const rows = await api.post('/api/option/doctor');
        become({running: false, began, took: Date.now() - began, rows, error: undefined});
    } catch (e) {
        if (e instanceof Refusal && e.code === 'UNAUTHENTICATED') {
            ended();
        }
        become({...state, running: false, error: e});
    }
}
