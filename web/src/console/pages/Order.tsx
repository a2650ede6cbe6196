import {Title} from '../parts/Page';
import {useTexts} from '../texts';
import {SHELL} from '../dictionary';

export default function Order() {
    return <Title>{useTexts(SHELL).order}</Title>;
}
