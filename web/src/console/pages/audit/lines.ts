/** The lines of an answer as they come, each a JSON value. Leaving the loop ends the reading. */
export async function* lines<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    let text = '';
    try {
        for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
            text += decoder.decode(chunk.value, {stream: true});
            const whole = text.split('\n');
            text = whole.pop()!;
            for (const line of whole.filter(one => one !== '')) {
                yield JSON.parse(line) as T;
            }
        }
        if (text.trim() !== '') {
            yield JSON.parse(text) as T;
        }
    } finally {
        await reader.cancel().catch(() => {});
    }
}

/** The first of them. */
export async function take<T>(of: AsyncGenerator<T>, count: number): Promise<T[]> {
    const taken: T[] = [];
    for await (const one of of) {
        taken.push(one);
        if (taken.length >= count) {
            break;
        }
    }
    return taken;
}
