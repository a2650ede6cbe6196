import {Title} from '../parts/Page';
import {useTexts} from '../texts';
import {SHELL} from '../dictionary';

export default function Orders() {
    return <Title>{useTexts(SHELL).orders}</Title>;
}
