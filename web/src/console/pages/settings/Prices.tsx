import {useId, useState} from 'react';

import {shown as money} from '../../money';
import {Note, Box} from '../../parts/Page';
import {Quota} from '../../parts/shown';
import {grouped} from '../../money';
import {useTexts} from '../../texts';
import {ChoiceControl, FactorsControl, TextControl, useField} from './Control';
import {value, type Row} from './draft';
import {LABELS, SETTINGS} from './dictionary';
import {fieldOf} from './fields';
import {label} from './format';
import {Recent} from './Recent';
import {samples, usePrices} from './usePrices';
import {useEditing} from './useSettings';

const SAMPLES = 5;

export function Prices() {
    const texts = useTexts(SETTINGS);
    return <div className="grid gm">
        <div className="grid">
            <Box title={texts.priceBox}><div className="form">
                <div className="grid g2">
                    <TextControl name="Price" remark={texts.yuanPerUnit} before="¥"/>
                    <TextControl name="QuotaPerUnit" remark={texts.perUnitHint}/>
                </div>
                <ChoiceControl name="QuotaDisplayType"/>
                <TextControl name="AmountOptions" remark={texts.optionsHint}/>
                <FactorsControl name="AmountDiscount" remark={texts.discountHint} nameOf={texts.discountName} add={texts.addDiscount}/>
                <FactorsControl name="TopupGroupRatio" remark={texts.groupHint} nameOf={texts.groupName} add={texts.addGroup}/>
            </div></Box>
            <Box title={texts.limitsBox}><div className="form">
                <div className="grid g2">
                    <TextControl name="UserDailyLimit" remark={texts.limitHint} before="¥"/>
                    <TextControl name="OrderExpireMinutes" remark={texts.minutesHint}/>
                </div>
                <TextControl name="RefundApprovalAbove" remark={texts.approvalHint} before="¥"/>
                <ChoiceControl name="LatePayment" help={texts.lateHint}/>
            </div></Box>
        </div>
        <aside className="stick"><Preview/><Recent part="prices"/></aside>
    </div>;
}

/** Five prices by what is typed, computed by the server. */
function Preview() {
    const id = useId();
    const texts = useTexts(SETTINGS);
    const labels = useTexts(LABELS);
    const {saved, draft} = useEditing();
    const options = useField('AmountOptions');
    const groups = (useField('TopupGroupRatio').input as readonly Row[]).map(row => row.name.trim()).filter(name => name !== '');
    const [group, setGroup] = useState('');
    const chosen = groups.includes(group) ? group : '';
    const amounts = samples(value(fieldOf('AmountOptions')!, options.input), SAMPLES);
    const {prices, busy, fault, fields = [], unsaved} = usePrices(amounts, 'wechat', chosen);
    const unit = {USD: '$', CNY: '¥'}[String(draft.QuotaDisplayType ?? saved.QuotaDisplayType)] ?? '';
    const title = unsaved ? texts.preview : texts.previewNow;
    return <Box title={title}>
        {groups.length === 0 ? null : <div className="fld preview-group">
            <label htmlFor={id}>{texts.previewGroup}</label>
            <select id={id} className="inp" value={chosen} onChange={event => setGroup(event.target.value)}>
                <option value="">{texts.noGroup}</option>
                {[...new Set(groups)].map(each => <option key={each} value={each}>{each}</option>)}
            </select>
        </div>}
        {amounts.length === 0 ? <p className="t3">{texts.previewEmpty}</p> : <>
            <table className={`preview ${busy || fault ? 'old' : ''}`} aria-busy={busy}>
                <caption className="vh">{title}</caption>
                <thead><tr><th scope="col">{texts.previewAmount}</th><th scope="col" className="r">{texts.previewPays}</th><th scope="col" className="r">{texts.previewSaves}</th></tr></thead>
                <tbody>{(prices ?? amounts.map(amount => ({amount, money: null, saved: null, quota: null, reason: null}))).map(price => <tr key={price.amount}>
                    <th scope="row">{unit}{grouped(String(price.amount))}{price.quota === null || unit === '' ? null : <small><Quota of={price.quota} bare/></small>}</th>
                    {price.money === null
                        ? <td colSpan={2} className="r t3">{price.reason ?? <span className="sk cell"/>}</td>
                        : <><td className="r"><b>{money(price.money)}</b></td><td className={`r ${price.saved === '0.00' ? 't3' : 'okc'}`}>{price.saved === '0.00' ? '—' : money(price.saved ?? '0.00')}</td></>}
                </tr>)}</tbody>
            </table>
            {fault === '' ? <p className="h t3">{unsaved ? texts.previewHint : texts.previewNowHint}</p> : <Note kind="warn">{fault === '—' ? texts.previewFailed : fields.length > 0 ? texts.correct(fields.map(name => label(name, labels)).join(texts.comma)) : fault}</Note>}
        </>}
    </Box>;
}
