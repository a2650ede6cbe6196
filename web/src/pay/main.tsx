import type {Language} from '../api/client';
import {draw, type Around} from './app';
import {correctedPlace, type Place} from './env';

const page = document.documentElement;
const YEAR_S = 365 * 24 * 3600;

const around: Around = {
    place: correctedPlace((page.dataset.place || 'desktop') as Place),
    demo: page.dataset.demo === 'true',
    embedded: false,
    session: page.dataset.session === 'true',
    language: page.lang as Language,
    server: '',
    balance: null,
    happened: happening => {
        if (happening.type !== 'error') {
            window.dispatchEvent(new CustomEvent('sluice-status', {detail: happening.order.status}));
        }
    },
    remember: ({language, theme}) => {
        // The server draws the next page with them: no other language or theme flashes up first.
        for (const [name, value] of Object.entries({language, theme}).filter(([, chosen]) => chosen)) {
            document.cookie = `sluice-${name}=${value}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax`;
        }
        if (theme) {
            page.dataset.theme = theme;
        }
    },
};

draw(document.body, around);
