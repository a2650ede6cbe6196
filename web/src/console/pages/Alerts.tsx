import {Redirect, useParams} from 'wouter';

import {Title} from '../parts/Page';
import {Subnav} from '../parts/Subnav';
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
    const {part = 'now'} = useParams<{part?: string}>();
    if (!(PARTS as readonly string[]).includes(part)) {
        return <Redirect to="/alerts" replace/>;
    }
    return <>
        <Title>{texts.title}</Title>
        <Subnav name={texts.parts} here={address(part as Part)} tabs={PARTS.map(each => ({href: address(each), title: texts[each]}))}/>
        {part === 'letters' ? <Letters/> : <Now/>}
    </>;
}
