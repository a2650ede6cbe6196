import {useEffect, type RefObject} from 'react';

/** Gives the dialog around an element its name; the kit makes some without one. */
export function useDialogName(inside: RefObject<HTMLElement | null>, name: string): void {
    useEffect(() => inside.current?.closest('[role=dialog]')?.setAttribute('aria-label', name), [inside, name]);
}

/** Keeps the focus inside while the element is there, and gives it back afterwards. */
export function useFocusInside(inside: RefObject<HTMLElement | null>): void {
    useEffect(() => {
        const before = document.activeElement;
        const stops = () => [...inside.current?.querySelectorAll<HTMLElement>('a[href],button:not([disabled])') ?? []];
        const turn = (event: KeyboardEvent) => {
            const [all, at] = [stops(), document.activeElement];
            const end = event.shiftKey ? all[0] : all.at(-1);
            if (event.key === 'Tab' && (at === end || !inside.current?.contains(at))) {
                event.preventDefault();
                (event.shiftKey ? all.at(-1) : all[0])?.focus();
            }
        };
        stops()[0]?.focus();
        document.addEventListener('keydown', turn);
        return () => {
            document.removeEventListener('keydown', turn);
            (before as HTMLElement | null)?.focus?.();
        };
    }, [inside]);
}
