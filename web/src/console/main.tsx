import '@douyinfe/semi-ui-19/lib/es/_base/base.css';
import {createRoot} from 'react-dom/client';

import {App} from './App';
import {startPreferences} from './preferences';
import {meet} from './session';

startPreferences();
void meet();
createRoot(document.body.appendChild(document.createElement('div'))).render(<App/>);
