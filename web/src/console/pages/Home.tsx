import {Title} from '../parts/Page';
import {useTexts} from '../texts';
import {SHELL} from '../dictionary';

export default function Home() {
    return <Title>{useTexts(SHELL).home}</Title>;
}
