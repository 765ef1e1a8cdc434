import { connect } from './rpc/connect';

// A page that shows only that window and host talk, until the window is here.
const { version, shell } = await connect().call('app.info', {});
document.body.textContent = `DataHarmonize ${version} in the ${shell} shell`;
