import {Title} from '../parts/Page';
import {useTexts} from '../texts';
import {SHELL} from '../dictionary';

export default function Doctor() {
    return <Title>{useTexts(SHELL).doctor}</Title>;
}
