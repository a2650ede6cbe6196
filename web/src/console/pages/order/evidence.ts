/** What a provider sent, as names and values; empty when it is in none of the forms that providers use. */
export function readable(body: string): readonly (readonly [name: string, value: string])[] {
    const text = body.trim();
    return text.startsWith('<') ? ofXml(text) : text.startsWith('{') ? ofJson(text) : ofForm(text);
}

function ofXml(text: string): readonly (readonly [string, string])[] {
    return [...text.matchAll(/<(\w+)>(?:<!\[CDATA\[([\s\S]*?)\]\]>|([^<>]*))<\/\1>/g)].map(([, name, quoted, plain]) => [name!, quoted ?? plain ?? ''] as const);
}

function ofJson(text: string): readonly (readonly [string, string])[] {
    try {
        return flat(JSON.parse(text) as unknown, '');
    } catch {
        return [];
    }
}

function flat(value: unknown, name: string): readonly (readonly [string, string])[] {
    if (value !== null && typeof value === 'object') {
        return Object.entries(value).flatMap(([key, inner]) => flat(inner, Array.isArray(value) ? `${name}[${key}]` : key));
    }
    return [[name, String(value)]];
}

function ofForm(text: string): readonly (readonly [string, string])[] {
    return /^[\w.-]+=/.test(text) && !/\s/.test(text) ? [...new URLSearchParams(text)] : [];
}
