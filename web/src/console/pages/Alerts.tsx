import {Redirect, useParams} from 'wouter';

import {Title} from '../parts/Page';
import {Subnav} from '../parts/Subnav';
import {useSession} from '../session';
import {useTexts} from '../texts';
import {ALERTS} from './alerts/dictionary';
import {Letters} from './alerts/Letters';
import {Now} from './alerts/Now';
import './alerts/alerts.css';

const PARTS = ['now', 'letters'] as const;
type Part = typeof PARTS[number];

const address = (part: Part): string => part === 'now' ? '/alerts' : `/alerts/${part}`;

export default function Alerts() {
    const texts = useTexts(ALERTS);
    const session = useSession();
    const {part = 'now'} = useParams<{part?: string}>();
    const reads = session.state === 'in' && session.self.roles.some(role => role === 'operator' || role === 'auditor');
    const parts = reads ? PARTS : PARTS.filter(each => each === 'now');
    if (!(parts as readonly string[]).includes(part)) {
        return <Redirect to="/alerts" replace/>;
    }
    return <>
        <Title>{texts.title}</Title>
        {parts.length === 1 ? null : <Subnav name={texts.parts} here={address(part as Part)} tabs={parts.map(each => ({href: address(each), title: texts[each]}))}/>}
        {part === 'letters' ? <Letters/> : <Now/>}
    </>;
}
