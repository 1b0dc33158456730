import gradesmith.sandbox.shell as shell

record = get_ipython().recorder.record.outputs

record.append({"output_type": "nothing", "data": {}})
