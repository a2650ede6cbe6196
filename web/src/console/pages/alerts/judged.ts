import {CRITICAL, TITLES} from './runbook';

const NAMES: readonly string[] = Object.keys(TITLES.in('en'));

interface Judged {
    firing: readonly {name: string}[];
    not_observed: readonly string[];
    this_app_only: readonly string[];
}

/** Those that do not fire: `partly` are looked at in one app only, `unseen` cannot be judged now. What needs an operator sooner comes first. */
export function sorted({firing, not_observed: unobserved, this_app_only: partial}: Judged): {quiet: string[]; partly: string[]; unseen: string[]} {
    const fires = new Set(firing.map(alert => alert.name));
    const rest = [...new Set([...NAMES, ...unobserved, ...partial])].filter(name => !fires.has(name)).sort((a, b) => Number(CRITICAL.has(b)) - Number(CRITICAL.has(a)));
    const unseen = rest.filter(name => unobserved.includes(name));
    const partly = rest.filter(name => partial.includes(name) && !unobserved.includes(name));
    return {quiet: rest.filter(name => !unseen.includes(name) && !partly.includes(name)), partly, unseen};
}
