import {expect, test} from 'vitest';

import {lines, take} from './lines';

/** A body that is cut into pieces wherever the network likes, and counts what was read of it. */
function body(text: string, size: number) {
    const bytes = new TextEncoder().encode(text);
    const read = {chunks: 0, cancelled: false};
    return {read, stream: new ReadableStream<Uint8Array>({
        pull(controller) {
            const from = read.chunks++ * size;
            if (from >= bytes.length) {
                controller.close();
            } else {
                controller.enqueue(bytes.slice(from, from + size));
            }
        },
        cancel() {
            read.cancelled = true;
        },
    }, {highWaterMark: 0})};
}

test('lines are whole, however they are cut on the way', async () => {
    const text = '{"reason":"付款人来电"}\n{"reason":"二"}\n\n{"reason":"last"}';
    for (const size of [1, 2, 7, 1_000]) {
        expect((await take(lines<{reason: string}>(body(text, size).stream), 9)).map(line => line.reason)).toEqual(['付款人来电', '二', 'last']);
    }
});

test('no more is read than is wanted, and the answer is ended', async () => {
    const {read, stream} = body('{"n":1}\n'.repeat(10_000), 80);
    expect((await take(lines(stream), 100)).length).toBe(100);
    expect(read.cancelled).toBe(true);
    expect(read.chunks).toBeLessThan(15);
});
