import '../style/tokens.css';
