import {Title} from '../parts/Page';
import {useTexts} from '../texts';
import {SHELL} from '../dictionary';

export default function Alerts() {
    return <Title>{useTexts(SHELL).alerts}</Title>;
}
