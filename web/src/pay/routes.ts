import type {Route} from './env';

/** The page that the address's fragment names. */
export function routeOf(hash: string): Route {
    const [page = '', id = '', key = ''] = hash.replace(/^#\/?/, '').split('/').map(decoded);
    if (page === 'order' && id) {
        return {page: 'order', id};
    }
    if (page === 'link' && id && key) {
        return {page: 'link', id, key};
    }
    return page === 'history' ? {page: 'history', ...(id ? {filter: id} : {})} : {page: 'top-up'};
}

/** The fragment of a page. It is not sent to any server. */
export function addressOf(route: Route): string {
    switch (route.page) {
        case 'top-up':
            return '#/';
        case 'order':
            return `#/order/${encodeURIComponent(route.id)}`;
        case 'history':
            return route.filter ? `#/history/${encodeURIComponent(route.filter)}` : '#/history';
        case 'link':
            return `#/link/${encodeURIComponent(route.id)}/${encodeURIComponent(route.key)}`;
    }
}

function decoded(part: string): string {
    try {
        return decodeURIComponent(part);
    } catch {
        return '';
    }
}
