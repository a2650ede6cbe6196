import {Box} from '../../parts/Page';
import {useTexts} from '../../texts';
import {TextControl} from './Control';
import {SETTINGS} from './dictionary';
import {Recent} from './Recent';

export function Address() {
    const texts = useTexts(SETTINGS);
    return <div className="grid gm">
        <div className="grid">
            <Box title={texts.addressBox}><div className="form">
                <TextControl name="ServerAddress" help={texts.addressHint} mono placeholder="https://pay.example.com"/>
            </div></Box>
            <Box title={texts.merchantBox}><div className="form">
                <TextControl name="MerchantName" remark={texts.merchantNameHint}/>
                <TextControl name="MerchantAddress" remark={texts.merchantAddressHint} mono/>
                <TextControl name="TopUpSubject" remark={texts.subjectHint}/>
            </div></Box>
        </div>
        <aside className="stick">
            <Box title={texts.embedBox}><p className="t2">{texts.embedHint}</p></Box>
            <Recent part="address"/>
        </aside>
    </div>;
}
