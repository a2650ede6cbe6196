import {render} from 'preact';

render(<main><h1>Sluice</h1></main>, document.body);
