import {createRoot} from 'react-dom/client';

createRoot(document.body.appendChild(document.createElement('div'))).render(<main><h1>Sluice</h1></main>);
