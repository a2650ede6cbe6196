import {choose, paint, useLanguage, useTheme} from '../preferences';
import {useTexts} from '../texts';
import {SHELL} from '../dictionary';
import {Icon} from './Icon';

/** The reader's language and theme. */
export function Choices() {
    const texts = useTexts(SHELL);
    const language = useLanguage();
    const theme = useTheme();
    return <>
        <button type="button" className="btn quiet sm" onClick={() => choose(language === 'en' ? 'zh-CN' : 'en')}>{texts.language}<span className="vh"> {texts.languageName}</span></button>
        <button type="button" className="btn quiet sm sq" aria-label={theme === 'dark' ? texts.light : texts.dark} onClick={() => paint(theme === 'dark' ? 'light' : 'dark')}>
            <Icon name={theme === 'dark' ? 'sun' : 'moon'}/>
        </button>
    </>;
}
