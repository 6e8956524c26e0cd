using TwinHub.Web.Commands;

return await HubCommands.Run(args);
