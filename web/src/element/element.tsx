import {render} from 'preact';

import type {Language} from '../api/client';
import {draw} from '../pay/app';
import {correctedPlace, type Happening} from '../pay/env';
import styles from '../pay/index.css?inline';
import {placeOf} from '../pay/place';
import own from './element.css?inline';

/**
 * The top-up and its cashier inside another page.
 *
 * ```html
 * <script type="module" src="https://pay.example.com/sluice-topup.js"></script>
 * <sluice-topup></sluice-topup>
 * ```
 *
 * `token` is set to a function that returns the user's access token, now or later; it is called for each request.
 * Attributes: `language` (`zh-CN` or `en`; else that of the page), `theme` (`light` or `dark`; else the system's), `balance` (the user's balance as
 * the host shows it), `server` (where Sluice is; else where this file came from). Events: `credited` and `closed` with the order as `detail`, `error`
 * with `code` and `message`. Colours and radii are CSS variables of the element: `--accent`, `--accent-hover`, `--accent-soft`, `--on-accent`,
 * `--surface`, `--sunken`, `--line`, `--line-2`, `--text`, `--text-2`, `--text-3`, `--r2`, `--r3`, `--font`.
 */
export class SluiceTopUp extends HTMLElement {
    static readonly observedAttributes = ['language', 'theme', 'balance', 'server'];

    private root: ShadowRoot | null = null;
    private source: (() => Promise<string> | string) | undefined;
    private readonly pageLanguage = new MutationObserver(() => this.redraw());

    /** Gives the access token of the user; until it is set, nothing is shown. */
    get token(): (() => Promise<string> | string) | undefined {
        return this.source;
    }

    set token(source: (() => Promise<string> | string) | undefined) {
        this.source = source;
        this.redraw();
    }

    connectedCallback(): void {
        if (!this.root) {
            this.root = this.attachShadow({mode: 'open'});
            style(this.root, styles + own);
        }
        // A property that was set before this file was loaded.
        if (Object.hasOwn(this, 'token')) {
            const early = this.token;
            delete (this as {token?: unknown}).token;
            this.token = early;
        }
        this.pageLanguage.observe(document.documentElement, {attributes: true, attributeFilter: ['lang']});
        this.redraw();
    }

    disconnectedCallback(): void {
        this.pageLanguage.disconnect();
        // Moved within the page it is connected again at once.
        queueMicrotask(() => {
            if (!this.isConnected && this.root) {
                render(null, this.root);
            }
        });
    }

    attributeChangedCallback(): void {
        this.redraw();
    }

    private redraw(): void {
        if (this.root && this.isConnected && this.source) {
            draw(this.root, {
                place: correctedPlace(placeOf(navigator.userAgent)),
                demo: false,
                embedded: true,
                session: true,
                language: this.language(),
                server: this.getAttribute('server') ?? new URL(import.meta.url).origin,
                token: () => this.source!(),
                balance: this.getAttribute('balance'),
                happened: happening => this.happened(happening),
                remember: () => {},
            });
        }
    }

    private language(): Language {
        const named = this.getAttribute('language') ?? this.closest<HTMLElement>('[lang]')?.lang ?? navigator.language;
        return named.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
    }

    private happened(happening: Happening): void {
        const detail = happening.type === 'error' ? {code: happening.code, message: happening.message} : happening.order;
        this.dispatchEvent(new CustomEvent(happening.type, {detail, bubbles: true, composed: true}));
    }
}

/** Styles that the page's policy for styles does not have to allow, where the browser has them. */
function style(root: ShadowRoot, text: string): void {
    if ('adoptedStyleSheets' in root) {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        root.adoptedStyleSheets = [sheet];
    } else {
        const element = document.createElement('style');
        element.textContent = text;
        (root as ShadowRoot).append(element);
    }
}

if (!customElements.get('sluice-topup')) {
    customElements.define('sluice-topup', SluiceTopUp);
}
