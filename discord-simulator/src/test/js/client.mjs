// Logs in with the gateway client of discord.js and prints the marker of every event it gets.
import { REST } from '@discordjs/rest';
import { WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';

const [api, token] = process.argv.slice(2);
const rest = new REST({ version: '10', api }).setToken(token);
const manager = new WebSocketManager({
  token,
  intents: 53608447,
  rest,
  fetchGatewayInformation: () => rest.get('/gateway/bot'),
});
manager.on(WebSocketShardEvents.Dispatch, (payload) => {
  const data = payload.d ? payload : payload.data;
  if (data?.d?._simulator) console.log(`MARK ${data.d._simulator}`);
});
manager.on(WebSocketShardEvents.Error, (error) => console.log('ERROR', error));
await manager.connect();
