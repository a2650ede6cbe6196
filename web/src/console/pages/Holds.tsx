import {Title} from '../parts/Page';
import {useTexts} from '../texts';
import {SHELL} from '../dictionary';

export default function Holds() {
    return <Title>{useTexts(SHELL).holds}</Title>;
}
