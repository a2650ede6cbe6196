import {Title} from '../parts/Page';
import {useTexts} from '../texts';
import {SHELL} from '../dictionary';

export default function Settings() {
    return <Title>{useTexts(SHELL).settings}</Title>;
}
