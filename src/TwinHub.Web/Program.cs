using TwinHub.Web.Commands;

return await HubCommands.Run(args, Console.Out, Console.Error);
