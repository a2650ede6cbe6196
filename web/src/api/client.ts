import type {paths, Refused} from '../../target/api';

type Method = 'get' | 'post' | 'put' | 'delete';
type Answers<O> = O extends {responses: {200: {content: {'application/json': infer A}}}} ? A : never;
type Route<M extends Method> = {[P in keyof paths]: paths[P] extends Record<M, infer O> ? ([Answers<O>] extends [never] ? never : P) : never}[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
type Shown<A> = A extends {code: string} ? never : A extends {data: infer D} ? D : never;
/** What a route answers when it does what it was asked. */
export type Data<P extends keyof paths, M extends Method> = Shown<Answers<Operation<P, M>>>;
type Body<O> = O extends {requestBody: {content: {'application/json': infer B}}} ? B : undefined;
type Query<O> = O extends {parameters: {query?: infer Q}} ? Q : undefined;

export type Language = 'zh-CN' | 'en';
export type Code = Refused['code'];

/** The server understood and refused. Its text is in the reader's language. */
export class Refusal extends Error {
    override readonly name = 'Refusal';

    /** @param after seconds until a retry makes sense, where the server says so */
    constructor(readonly code: Code, override readonly message: string, readonly status: number, readonly after: number | null, readonly data: unknown) {
        super(message);
    }
}

/** No answer came, or none that is the server's: nothing is known of what became of the request. */
export class Unreachable extends Error {
    override readonly name = 'Unreachable';
}

export interface Asked<O> {
    path?: Record<string, string | number>;
    query?: Query<O>;
    body?: Body<O>;
    headers?: Record<string, string>;
    signal?: AbortSignal;
}

/** What a route is asked that has no description. */
export interface Other {
    path?: Record<string, string | number>;
    query?: Record<string, unknown>;
    body?: unknown;
    headers?: Record<string, string>;
    signal?: AbortSignal;
}

/** How long an answer may take; a check waits 8 seconds for its provider, a new order for its code. */
const ANSWER_WITHIN_MS = 25_000;

/** Calls the order API. Typed by its description: a route, field or code that is no longer there does not compile. */
export class Api {
    /** What this machine's clock is behind the server's, in milliseconds. */
    private behind = 0;

    /**
     * @param server   the origin of the API, empty for the page's own
     * @param language of texts in answers
     * @param token    gives the caller's access token; without it the session's cookie is used
     */
    constructor(private readonly server: string, private readonly language: () => Language, private readonly token?: () => Promise<string> | string) {}

    get<P extends Route<'get'>>(path: P, asked: Asked<Operation<P, 'get'>> = {}): Promise<Data<P, 'get'>> {
        return this.call('get', path, asked);
    }

    post<P extends Route<'post'>>(path: P, asked: Asked<Operation<P, 'post'>> = {}): Promise<Data<P, 'post'>> {
        return this.call('post', path, asked);
    }

    put<P extends Route<'put'>>(path: P, asked: Asked<Operation<P, 'put'>> = {}): Promise<Data<P, 'put'>> {
        return this.call('put', path, asked);
    }

    /** A route of another app behind the same door, which the order API does not describe: the caller says what it answers. */
    async other<T>(method: Method, path: string, asked: Other = {}): Promise<T> {
        return await this.answer(method, path, asked) as T;
    }

    /** The server's time. */
    now(): number {
        return Date.now() + this.behind;
    }

    /** The bare answer, for what is no JSON. The caller limits its time. */
    async fetch(path: string, init: RequestInit): Promise<Response> {
        const headers = new Headers(init.headers);
        headers.set('Accept-Language', this.language());
        if (this.token) {
            headers.set('Authorization', `Bearer ${await this.token()}`);
        } else {
            // Only a page of this origin can send it, so the session's cookie works for no other.
            headers.set('Sluice-Client', 'web');
        }
        const asked = Date.now();
        let answer: Response;
        try {
            answer = await fetch(this.server + path, {...init, headers, credentials: this.token ? 'omit' : 'same-origin', cache: 'no-store'});
        } catch (e) {
            if (init.signal?.aborted) {
                throw init.signal.reason ?? e;
            }
            throw new Unreachable(String(e));
        }
        const date = Date.parse(answer.headers.get('Date') ?? '');
        if (!Number.isNaN(date)) {
            // A second's fraction is cut off from the header; on average half of one.
            this.behind = date + 500 - (asked + Date.now()) / 2;
        }
        return answer;
    }

    private async call<P extends keyof paths, M extends Method>(method: M, path: P, asked: Asked<Operation<P, M>>): Promise<Data<P, M>> {
        return await this.answer(method, path, asked as Other) as Data<P, M>;
    }

    private async answer(method: Method, path: string, asked: Other): Promise<unknown> {
        const {query, body} = asked;
        const headers: Record<string, string> = {...asked.headers};
        if (body !== undefined) {
            headers['Content-Type'] = 'application/json';
        }
        const stop = new AbortController();
        asked.signal?.addEventListener('abort', () => stop.abort(asked.signal?.reason), {once: true});
        const timer = setTimeout(() => stop.abort(new Unreachable('no answer in time')), ANSWER_WITHIN_MS);
        const answer = await this.fetch(filled(path, asked.path) + queried(query), {
            method: method.toUpperCase(),
            headers,
            signal: stop.signal,
            ...(body === undefined ? {} : {body: JSON.stringify(body)}),
        }).finally(() => clearTimeout(timer));
        let content: {data?: unknown; code?: Code; message?: string};
        try {
            content = await answer.json();
        } catch {
            throw new Unreachable(`HTTP ${answer.status}`);
        }
        if (content.code !== undefined) {
            const after = Number.parseInt(answer.headers.get('Retry-After') ?? '', 10);
            const text = typeof content.data === 'string' ? content.data : content.message ?? '';
            throw new Refusal(content.code, text, answer.status, Number.isNaN(after) ? null : after, content.data);
        }
        return content.data;
    }
}

function filled(path: string, values: Record<string, string | number> = {}): string {
    return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
}

function queried(query: Record<string, unknown> = {}): string {
    const given = Object.entries(query).flatMap(([name, value]) => [value].flat().filter(one => one !== undefined && one !== null && one !== '')
        .map(one => [name, String(one)]));
    return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
