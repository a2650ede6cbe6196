import {useSyncExternalStore} from 'react';

import type {Language} from '../api/client';

export type Theme = 'light' | 'dark';

const root = document.documentElement;
const watchers = new Set<() => void>();
const dark = window.matchMedia('(prefers-color-scheme: dark)');
/** What the reader chose; empty follows the system. */
let chosen: Theme | '' = root.dataset.theme === 'light' || root.dataset.theme === 'dark' ? root.dataset.theme : '';

function kept(name: string, value: string): void {
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

function changed(): void {
    watchers.forEach(watch => watch());
}

function watch(watcher: () => void): () => void {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
}

export const language = (): Language => root.lang === 'en' ? 'en' : 'zh-CN';
export const theme = (): Theme => chosen || (dark.matches ? 'dark' : 'light');

/** The kit has its own attribute for the theme, on the body. */
function show(): void {
    root.dataset.theme = theme();
    if (theme() === 'dark') {
        document.body.setAttribute('theme-mode', 'dark');
    } else {
        document.body.removeAttribute('theme-mode');
    }
}

export function startPreferences(): void {
    root.lang = language();
    show();
    dark.addEventListener('change', () => {
        show();
        changed();
    });
}

export function choose(wanted: Language): void {
    root.lang = wanted;
    kept('sluice-language', wanted);
    changed();
}

export function paint(wanted: Theme): void {
    chosen = wanted;
    kept('sluice-theme', wanted);
    show();
    changed();
}

export const useLanguage = (): Language => useSyncExternalStore(watch, language);
export const useTheme = (): Theme => useSyncExternalStore(watch, theme);
