import {Refusal, type Api} from '../api/client';
import type {OrderView} from '../../target/api';
import {checked, type Check} from './view';

/**
 * "I have paid": asks the provider by the server.
 *
 * @param learn is given the order as the answer shows it
 */
export async function askProvider(api: Api, id: string, learn: (order: OrderView) => void): Promise<Check> {
    try {
        const answer = await api.post('/api/user/topup/{orderId}/check', {path: {orderId: id}});
        learn(answer.order);
        return checked(answer);
    } catch (e) {
        if (e instanceof Refusal && e.code === 'CHECK_NOT_NEEDED') {
            return {state: 'none'};
        }
        return e instanceof Refusal && e.status === 429 ? {state: 'limited', text: e.message} : {state: 'unclear'};
    }
}
