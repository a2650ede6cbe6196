import {shown} from '../../money';
import {useMethodName} from '../../parts/shown';
import {COMMON} from '../../parts/dictionary';
import {useTexts} from '../../texts';
import {ORDERS} from './dictionary';
import {Choice, Fields, Filter} from './Filter';
import {isUser, isYuan, METHODS, narrowed, NONE, PERIODS, STATUSES, type Filters} from './filters';

/** What the list is narrowed to, and the way to change it. */
export function FilterBar({filters, narrow}: {filters: Filters; narrow: (to: Filters) => void}) {
    const texts = useTexts(ORDERS);
    const common = useTexts(COMMON);
    const methodName = useMethodName();
    const {least_money: least, most_money: most} = filters;
    const status = STATUSES.find(one => one === filters.status);
    const money = least && most ? texts.moneyRange(shown(least), shown(most)) : least ? texts.moneyLeast(shown(least)) : most ? texts.moneyMost(shown(most)) : '';
    const period = PERIODS.find(one => one === filters.period);
    const times = period ? texts[period] : filters.from || filters.until ? `${plain(filters.from)} – ${plain(filters.until)}` : '';
    return <div className="tools" role="group" aria-label={texts.filters}>
        <Filter name={texts.time} value={times} icon="calendar">{close => <>
            <Choice of={[['', texts.any], ...PERIODS.map(one => [one, texts[one]] as const)]} chosen={filters.from || filters.until ? '-' : filters.period}
                choose={value => { close(); narrow({...filters, period: value, from: '', until: ''}); }}/>
            <Fields of={[{name: 'from', label: texts.from, value: filters.from, type: 'datetime-local'}, {name: 'until', label: texts.until, value: filters.until, type: 'datetime-local'}]}
                take={values => { close(); narrow({...filters, ...values, period: ''}); }}/>
        </>}</Filter>
        <Filter name={texts.status} value={status ? common[status] : ''}>{close =>
            <Choice of={[['', texts.any], ...STATUSES.map(one => [one, common[one]] as const)]} chosen={filters.status}
                choose={value => { close(); narrow({...filters, status: value}); }}/>}</Filter>
        <Filter name={texts.method} value={filters.payment_method ? methodName(filters.payment_method) : ''}>{close =>
            <Choice of={[['', texts.any], ...METHODS.map(one => [one, methodName(one)] as const)]} chosen={filters.payment_method}
                choose={value => { close(); narrow({...filters, payment_method: value}); }}/>}</Filter>
        <Filter name={texts.money} value={money as string}>{close =>
            <Fields of={[{name: 'least_money', label: texts.least, value: least}, {name: 'most_money', label: texts.most, value: most}]}
                check={value => isYuan(value) ? null : texts.noMoney} take={values => { close(); narrow({...filters, ...values}); }}/>}</Filter>
        <Filter name={texts.user} value={filters.user && `${texts.user} ${filters.user}`}>{close =>
            <Fields of={[{name: 'user', label: texts.userId, value: filters.user}]} check={value => isUser(value) ? null : texts.noUser}
                take={values => { close(); narrow({...filters, ...values}); }}/>}</Filter>
        {narrowed({...filters, text: ''}) ? <button type="button" className="btn quiet sm" onClick={() => narrow({...NONE, text: filters.text})}>{texts.clear}</button> : null}
    </div>;
}

const plain = (local: string): string => local.replace('T', ' ');
